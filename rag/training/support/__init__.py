"""How the support model was made, and the claims made by code that it is trained and tested on."""

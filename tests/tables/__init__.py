"""Tables, and questions whose answers have to be worked out over their rows, or are told by one of them."""

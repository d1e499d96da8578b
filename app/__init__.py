"""What people meet: the command line and the chat."""

### What is said of the product itself: permanent notices, refused events, refused commands.

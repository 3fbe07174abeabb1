"""OP-DEMO: a fictional body to try the product with, as data files and the functions that load them."""

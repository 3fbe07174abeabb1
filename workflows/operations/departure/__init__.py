"""What the departure of an employee asks of the house besides its drawing (``depart_employe``)."""

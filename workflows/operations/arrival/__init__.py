"""What the arrival of an employee asks of the house besides its drawing (``arrivee_employe``)."""

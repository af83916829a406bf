"""The prescriber's pages: regimes by guidance, their plans and reviews, and the medicine round."""

"""The gate: extraction measured against two people's independent annotations."""

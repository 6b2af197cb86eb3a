"""The gate: mail on its way through SMTP is checked before the server behind takes it."""

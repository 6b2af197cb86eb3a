"""Readers of attached documents: bytes in, Texts out, within limits that are said when they are reached."""

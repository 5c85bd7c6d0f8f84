"""Tables as offices keep them: CSV and Excel in, rows with their addresses out, and back again. Pure: bytes in and out.

This room knows cells, encodings and header rows. It must not know what a table is about, nor where files lie.
"""

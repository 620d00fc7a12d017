"""What a reader sees of a comparison: charts, tables and sentences, in one look."""

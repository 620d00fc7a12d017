"""Tables as workbooks: real numbers, exact and safe."""

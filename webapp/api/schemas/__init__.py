"""What the API takes and gives, shape by shape; ``…In`` refuses unknown keys, none of them touches the database."""

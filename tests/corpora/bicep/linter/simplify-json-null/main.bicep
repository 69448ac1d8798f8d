param a string
output o array = [json('null'), json(' null '), sys.json('null'), json('"null"'), json(a)]

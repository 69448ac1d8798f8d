metadata description = 'empty'

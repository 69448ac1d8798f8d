using none
param a = externalInput('sys.cli', 'a')
param b = '${a}-${externalInput('custom.tool', 'p')}'

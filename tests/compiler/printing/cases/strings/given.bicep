var a = '  kept   as it is  '
var b = '${  a  }-${ concat( a , '${a}' )}-${ /* c */ a /* d */ }'
var c = '''
  multi
    line   
'''
var d = $'''${ a } and ${a}'''
var e = 'escape \' \\ \$ \u{1F600}'
var wide = ['日本語日本語日本語日本語日本語', '😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', 'aaaaaaaaaaaaaaaa', 'bbbbbbb']

var a = map([1], x => x + 1)
var b = map(range(0, 3), (x, i) => {
  v: x
})
var c = filter(
  list,
  item =>
    item.name == 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' && item.value == 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
)
var d = map(list, x =>
  // why
  {
    a: 1
  })
var e = reduce(list, 0, (cur, next) => cur + next)
func f(a string, b int) string => '${a}${b}'
func g(a string, b int) object => {
  a: a
}
func h() string =>
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
func i(
  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa string,
  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb string,
  cccccccccccccccccccccccccccc string
) string => 'x'
func j(a string) string => a

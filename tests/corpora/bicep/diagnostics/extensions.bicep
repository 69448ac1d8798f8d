extension foo
extension 'br:example.azurecr.io/ext/foo:1.0' as bar
extension './nowhere.tgz' as baz
extension microsoftGraph
extension sys
extension az

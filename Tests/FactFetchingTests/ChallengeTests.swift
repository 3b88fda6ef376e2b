import Testing

@testable import FactFetching

@Suite struct ChallengeTests {
    @Test(arguments: [
        (
            #"Bearer realm="https://auth.example/token",service="r.example",scope="repository:a/b:pull""#,
            ["realm": "https://auth.example/token", "service": "r.example", "scope": "repository:a/b:pull"]
        ),
        (#"bearer Realm = "a\"b" , service=plain"#, ["realm": #"a"b"#, "service": "plain"]),
        (#"Bearer"#, [:]),
        (#"Bearer realm="never closed"#, ["realm": "never closed"]),
        (#"Bearer realm="x", Basic realm="y""#, ["realm": "x"]),
    ])
    func challenges(header: String, parameters: [String: String]) {
        let first = AuthenticationChallenge.parse(header).first
        #expect(first?.scheme == "bearer")
        #expect(first?.parameters == parameters)
    }

    @Test func severalSchemes() {
        let challenges = AuthenticationChallenge.parse(#"Negotiate, Basic realm="a, b", Bearer realm=x"#)
        #expect(challenges.map(\.scheme) == ["negotiate", "basic", "bearer"])
        #expect(challenges[1].parameters == ["realm": "a, b"])
    }

    @Test(arguments: ["", ",,,", "=", "\"", "\u{0}"])
    func whatIsNoChallenge(header: String) {
        #expect(AuthenticationChallenge.parse(header).isEmpty)
    }
}

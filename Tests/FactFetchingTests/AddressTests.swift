import LLB
import Testing

@testable import FactFetching

@Suite struct AddressTests {
    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true),
        ("127.0.0.1.example.com", false),
        ("127.1", false), ("127.0.0.256", false), ("localhost.example.com", false), ("10.0.0.1", false), ("", false),
    ])
    func thisMachine(host: String, isThisMachine: Bool) {
        #expect(WebAddress.isThisMachine(host) == isThisMachine)
    }

    @Test(arguments: [
        "https://example.com/x", "http://localhost:5000/v2/", "http://[::1]:5000/", "HTTPS://EXAMPLE.com",
    ])
    func addressesThatMayBeAsked(text: String) throws {
        _ = try WebAddress(text)
    }

    @Test(arguments: [
        "", "x", "http://example.com/", "http://127.0.0.1.example.com/", "ftp://localhost/", "file:///etc/passwd",
        "https://", "https://user:password@example.com/", "http://localhost@example.com/", "//localhost/",
        "http://example.com#@localhost",
    ])
    func addressesThatMayNot(text: String) {
        #expect(throws: FetchError.self) { try WebAddress(text) }
    }

    @Test func anInsecureHostIsAllowedByNameOnly() throws {
        _ = try WebAddress("http://registry.example:5000/", insecureHosts: ["registry.example:5000"])
        #expect(throws: FetchError.self) {
            try WebAddress("http://registry.example:5001/", insecureHosts: ["registry.example:5000"])
        }
    }

    @Test func redirections() throws {
        let page = try WebAddress("https://a.example/x/y?z")
        #expect(try page.redirected(to: "../b", insecureHosts: []).description == "https://a.example/b")
        #expect(try page.redirected(to: "//b.example/c", insecureHosts: []).origin == "https://b.example:443")
        for place in ["http://a.example/", "http://localhost/", "file:///etc/passwd", "https://u:p@b.example/"] {
            #expect(throws: FetchError.self, "\(place)") { try page.redirected(to: place, insecureHosts: []) }
        }
    }

    @Test(arguments: [
        "https://github.com/o/r", "https://user@host.example:8443/r.git", "ssh://git@host.example/r",
        "http://127.0.0.1:80/r",
        "git@github.com:o/r.git", "http://localhost/r",
    ])
    func repositoriesThatMayBeFetched(text: String) throws {
        _ = try GitURL(text)
    }

    @Test(arguments: [
        "", "--upload-pack=touch x", "-oProxyCommand=x", "ext::sh -c x", "ext::sh", "fd::1", "file:///srv/r", "/srv/r",
        "../r", "git://host/r", "http://host.example/r", "ssh://-oProxyCommand=x/r", "git@-host:r", "https://", "a b",
        "https://host/\u{7F}", "https://-x/", "ssh://u@-x/", "C:\\r", "host:r", "transport::https://host/r",
        "http://127.0.0.1.example.com/r", "https://höst/r",
    ])
    func repositoriesThatMayNot(text: String) {
        #expect(throws: FetchError.self) { try GitURL(text) }
    }

    @Test func proxies() throws {
        let settings = try ProxySettings(environment: [
            "HTTPS_PROXY": "proxy.example:3128", "NO_PROXY": "internal.example, .corp,10.0.0.1:5000",
        ])
        #expect(settings.encrypted != nil && settings.plain == nil)
        for (address, applies) in [
            ("https://example.com", true), ("https://internal.example", false), ("https://a.internal.example", false),
            ("https://notinternal.example", true), ("https://a.corp", false), ("https://10.0.0.1:5000", false),
            ("https://10.0.0.1", true), ("https://localhost", false),
        ] {
            #expect(settings.applies(to: try WebAddress(address)) == applies, "\(address)")
        }
        #expect(!(try ProxySettings(environment: ["no_proxy": "*"]).applies(to: WebAddress("https://a.example"))))
        #expect(throws: FetchError.self) { try ProxySettings(environment: ["https_proxy": "ftp://proxy"]) }
    }

    @Test(arguments: [("linux/amd64", "a"), ("linux/arm64", "v8"), ("linux/arm/v6", "v6"), ("linux/arm", "v7")])
    func theEntryForAPlatform(platform: String, digest: String) throws {
        func entry(_ architecture: String, _ variant: String?, _ digest: String) -> Manifest.Descriptor {
            Manifest.Descriptor(
                digest: digest, size: 1, platform: .init(os: "linux", architecture: architecture, variant: variant))
        }
        let index = Manifest(manifests: [
            entry("unknown", nil, "x"), entry("amd64", "v3", "fast"), entry("amd64", nil, "a"),
            entry("arm64", "v8", "v8"), entry("arm", "v6", "v6"), entry("arm", "v7", "v7"),
        ])
        let parts = platform.split(separator: "/").map(String.init)
        let wanted = Platform(
            operatingSystem: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : "")
        #expect(index.entry(for: wanted)?.digest == digest)
        #expect(index.entry(for: Platform(operatingSystem: "linux", architecture: "s390x")) == nil)
    }
}

/// What envd had before version 1, and what took its place. Rules that report unknown names leave these to `old-function` and
/// `old-parameter`.
package enum OldAPI {
    package struct Successor: Sendable {
        package let name: String
        /// Parameters that have new names, by the old ones.
        package let parameters: [String: String]
    }

    package struct OldParameter: Sendable {
        /// The parameter that means the same.
        package let successor: String?
        package let advice: String
    }

    /// Functions that are gone, by the name that a program called them by.
    package static let functions: [String: Successor] = [
        "install.system_packages": Successor(name: "install.apt_packages", parameters: [:]),
        "io.mount": Successor(name: "runtime.mount", parameters: ["src": "host_path", "dest": "envd_path"]),
    ]

    /// A parameter that a function does not take any more.
    package static func parameter(_ name: String, of function: String) -> OldParameter? {
        if let successor = renamed[function]?[name] {
            return OldParameter(successor: successor, advice: "'\(name)' of \(function) is now '\(successor)'")
        }
        return removed[function]?[name].map { OldParameter(successor: nil, advice: $0) }
    }

    /// The functions that have lost parameters.
    static let functionsWithOtherParameters = Array(renamed.keys) + removed.keys

    private static let renamed = [
        "io.copy": ["host_path": "source", "envd_path": "target", "src": "source", "dest": "target"],
        "config.jupyter": ["password": "token"],
    ]

    private static let removed = [
        "base": [
            "os": "base takes no 'os' any more; name an image, such as image=\"ubuntu:22.04\"",
            "language":
                "base takes no 'language' any more; call install.python(), install.r_lang() or install.julia()",
        ],
        "config.apt_source": ["mode": "config.apt_source takes no 'mode' any more; give it the whole file as 'source'"],
    ]
}

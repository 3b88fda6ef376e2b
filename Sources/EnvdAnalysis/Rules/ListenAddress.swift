import EnvdSyntax

extension Rule {
    /// An address to listen at that is none.
    static let listenAddress = Rule(
        "listen-address", .api, .error, page: PackageResources.listen_address_md,
        .calls(of: "runtime.expose") { call, context, reporter in
            guard let argument = call.argument("listen_addr"),
                let address = context.constant("listen_addr", of: call)?.text, !isAddress(address)
            else { return }
            let fixes =
                address == "localhost"
                ? [Fix("Replace with \"127.0.0.1\"", replace: argument.value.range, with: "\"127.0.0.1\"")] : []
            reporter.report(
                Rule.Violation(
                    range: argument.value.range,
                    message: "'\(address)' is no IP address; envd refuses names of hosts and what is no address",
                    fixes: fixes))
        })
}

private func isAddress(_ text: String) -> Bool {
    text.contains(":") ? isIPv6(text) : isIPv4(text)
}

private func isIPv4(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
        && parts.allSatisfy { part in
            part.utf8.allSatisfy { (48...57).contains($0) } && (1...3).contains(part.utf8.count)
                && Int(part) ?? 256 < 256
                && (part.utf8.count == 1 || part.first != "0")
        }
}

private func isIPv6(_ text: String) -> Bool {
    var groups = text.split(separator: ":", omittingEmptySubsequences: false)
    let gaps = groups.indices.filter { groups[$0].isEmpty }
    var count = 0
    if let last = groups.last, last.contains(".") {
        guard isIPv4(last) else { return false }
        groups.removeLast()
        count = 2
    }
    for group in groups where !group.isEmpty {
        guard group.utf8.count <= 4, group.allSatisfy(\.isHexDigit) else { return false }
        count += 1
    }
    let hasGap = text.contains("::")
    guard hasGap else { return gaps.isEmpty && count == 8 }
    guard let first = text.firstRange(of: "::"), !text[first.upperBound...].contains("::") else { return false }
    let isOpenEnded = (text.hasPrefix(":") && !text.hasPrefix("::")) || (text.hasSuffix(":") && !text.hasSuffix("::"))
    return count < 8 && !isOpenEnded && !text.contains(":::")
}

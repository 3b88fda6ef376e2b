import LLB

/// Whether Open VSX has an extension of Visual Studio Code for a platform, asked as envd asks.
struct OpenVSX: Sendable {
    let fetcher: HTTPFetcher
    let baseURL: String
    let platform: Platform

    private static let maximumAnswerSize = 8 << 20

    /// - Parameter name: `publisher.extension`.
    func has(_ name: String) async throws -> Bool {
        struct Version: Decodable {
            var downloads: [String: String]?
        }
        guard let dot = name.firstIndex(of: ".") else {
            throw FetchError("'\(name)' is not of the form PUBLISHER.EXTENSION")
        }
        guard let target = OpenVSX.target(platform) else {
            throw FetchError("there are no extensions for \(platform.text)")
        }
        let path = [name[..<dot], name[name.index(after: dot)...]].map { FormText.encode(String($0)) }
        let address = try WebAddress("\(baseURL)/api/\(path[0])/\(path[1])/latest?targetPlatform=\(target)")
        let answer = try await fetcher.get(
            address, headers: [("Accept", "application/json")], limit: OpenVSX.maximumAnswerSize)
        if answer.status == 404 { return false }
        guard answer.status == 200 else { throw answer.failure("the extension \(name)") }
        let version = try answer.decode(Version.self, as: "the description of an extension")
        let downloads = version.downloads ?? [:]
        return downloads["universal"] != nil || downloads[target] != nil
    }

    /// The marketplace's name of a platform.
    private static func target(_ platform: Platform) -> String? {
        guard platform.operatingSystem == "linux" else { return nil }
        return ["amd64": "linux-x64", "arm64": "linux-arm64", "arm": "linux-armhf"][platform.architecture]
    }
}

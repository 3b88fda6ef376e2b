/// What a plan has to know of an image: the part of its config that processes and the running environment inherit.
package struct ImageFact: Hashable, Sendable, Decodable {
    /// `NAME=value`.
    package var environment: [String] = []
    package var entrypoint: [String] = []
    package var user = ""
    package var workingDirectory = ""

    package init(environment: [String]) {
        self.environment = environment
    }

    /// The names of the OCI image specification; all may be missing or null.
    private enum Key: String, CodingKey {
        case environment = "Env"
        case entrypoint = "Entrypoint"
        case user = "User"
        case workingDirectory = "WorkingDir"
        /// A registry's answer other than 200: the image cannot be had.
        case status
    }

    /// Whether the image is known not to be there.
    package private(set) var isMissing = false

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        environment = try container.decodeIfPresent([String].self, forKey: .environment) ?? []
        entrypoint = try container.decodeIfPresent([String].self, forKey: .entrypoint) ?? []
        user = try container.decodeIfPresent(String.self, forKey: .user) ?? ""
        workingDirectory = try container.decodeIfPresent(String.self, forKey: .workingDirectory) ?? ""
        isMissing = try container.decodeIfPresent(Int.self, forKey: .status).map { $0 != 200 } ?? false
    }
}

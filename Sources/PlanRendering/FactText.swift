import EnvdLanguage

extension UsedFact.Subject {
    /// What it is a fact about, in a word.
    package var kind: String {
        switch self {
        case .image: "image"
        case .release: "release"
        case .extension: "extension"
        case .file: "file"
        case .repository: "repository"
        }
    }

    package var name: String {
        switch self {
        case .image(let name), .release(let name), .extension(let name), .file(let name), .repository(let name): name
        }
    }
}

extension UsedFact.Origin {
    package var text: String {
        switch self {
        case .file(let name): "as \(name) says"
        case .assumed(let reason): "assumed, \(reason)"
        }
    }
}

/// The version that `envd --version` prints, and CHANGELOG.md describes.
enum Version {
    static let current = "0.1.0"
}

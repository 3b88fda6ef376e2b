import EnvdSyntax
import LLB

extension Rule {
    /// What cannot be the name of an image.
    static let invalidImage = Rule(
        "invalid-image", .packages, .error, page: PackageResources.invalid_image_md,
        .calls(.taking("ImageRef")) { call, context, reporter in
            for image in context.texts(of: "ImageRef", in: call) where !image.text.isEmpty {
                do throws(LLBError) {
                    _ = try ImageReference(image.text)
                } catch {
                    reporter.report(image.range, problem(of: image.text, error))
                }
            }
        })
}

private func problem(of text: String, _ error: LLBError) -> String {
    if text.contains("://") { return "an image has no scheme: write what follows '://'" }
    if text.contains(where: \.isWhitespace) { return "'\(text)' cannot be the name of an image: it has a space" }
    guard case .invalidImageReference(_, let reason) = error else { return "'\(text)' cannot be the name of an image" }
    return "'\(text)' cannot be the name of an image: \(reason)"
}

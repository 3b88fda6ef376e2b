import EnvdSyntax
import LLB

extension Rule {
    /// An image without a tag, or with the tag `latest`, which is another one tomorrow.
    static let floatingImage = Rule(
        "floating-image", .packages, .advice, page: PackageResources.floating_image_md,
        .calls(.taking("ImageRef")) { call, context, reporter in
            for image in context.texts(of: "ImageRef", in: call) {
                guard let reference = try? ImageReference(image.text), reference.digest == nil,
                    reference.tag == "latest"
                else { continue }
                reporter.report(
                    image.range,
                    "'\(image.text)' is another image after its next release; name a version, such as '\(name(of: image.text)):VERSION'"
                )
            }
        })
}

private func name(of text: String) -> String {
    text.hasSuffix(":latest") ? String(text.dropLast(":latest".count)) : text
}

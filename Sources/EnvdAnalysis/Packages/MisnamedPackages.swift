/// Names that people take for those of distributions on PyPI, most of them names of modules. Left out are names that belong to a package
/// that somebody may mean.
///
/// The key is the normalised name that is written, the value the distribution that is meant, and what there is under the name if that is
/// worth saying.
let misnamedPythonPackages: [String: (meant: String, why: String?)] = [
    "bs4": ("beautifulsoup4", nil),
    "crypto": ("pycryptodome", nil),
    "cv2": ("opencv-python", nil),
    "dateutil": ("python-dateutil", nil),
    "docx": ("python-docx", "that package is for Python 2"),
    "dotenv": ("python-dotenv", nil),
    "fitz": ("pymupdf", "that package is another library"),
    "git": ("gitpython", nil),
    "jwt": ("pyjwt", "that package is another library"),
    "mpl-toolkits": ("matplotlib", nil),
    "mysqldb": ("mysqlclient", nil),
    "opencv": ("opencv-python", nil),
    "openssl": ("pyopenssl", nil),
    "pil": ("pillow", nil),
    "pptx": ("python-pptx", nil),
    "pytorch": ("torch", "its package there only says so"),
    "serial": ("pyserial", "that package is another library"),
    "skimage": ("scikit-image", nil),
    "sklearn": ("scikit-learn", "that package was given up and refuses to be installed"),
    "tensorflow-gpu": ("tensorflow", "it was given up; tensorflow itself uses GPUs"),
    "yaml": ("pyyaml", nil),
    "zmq": ("pyzmq", nil),
]

/// Debian packages that bring a language of the distribution's version, and the function that installs it.
let languagesOfApt: [String: String] = [
    "python3": "install.python", "python3-pip": "install.python",
    "python3-venv": "install.python", "python-is-python3": "install.python", "python": "install.python",
    "python-pip": "install.python", "nodejs": "install.nodejs", "npm": "install.nodejs", "golang": "install.go",
    "golang-go": "install.go", "cargo": "install.rust", "rustc": "install.rust", "rustup": "install.rust",
    "r-base": "install.r_lang", "r-base-core": "install.r_lang", "r-base-dev": "install.r_lang",
    "julia": "install.julia",
]

// Writes the vectorised kernels; docs/decisions/0030-generated-kernels.md says why.
import freemarker.template.Configuration
import freemarker.template.TemplateExceptionHandler

def configuration = new Configuration(Configuration.VERSION_2_3_34)
configuration.directoryForTemplateLoading = new File(project.basedir, 'src/main/templates')
configuration.defaultEncoding = 'UTF-8'
configuration.locale = Locale.ROOT
configuration.templateExceptionHandler = TemplateExceptionHandler.RETHROW_HANDLER
configuration.logTemplateExceptions = false

def folder = new File(kernels, 'org/dl4jsnn/internal/kernel/vector')
folder.mkdirs()

def write = { String template, String name, Map<String, Object> model ->
    def text = new StringWriter()
    configuration.getTemplate(template).process(model, text)
    def file = new File(folder, "${name}.java")
    // A file that would stay the same keeps its time, so that the compiler has nothing to do.
    if (!file.isFile() || file.getText('UTF-8') != text.toString()) {
        file.setText(text.toString(), 'UTF-8')
    }
}

[One: 1, Two: 2, Four: 4].each { name, vectors ->
    write('VectorKernel.java.ftl', "${name}VectorKernel", [name: name, vectors: vectors, whole: false])
}
[Two: 2, Four: 4].each { name, vectors ->
    write('VectorKernel.java.ftl', "${name}WholeKernel", [name: name, vectors: vectors, whole: true])
}
[Six: 6, Eight: 8].each { name, rows ->
    write('MatrixKernel.java.ftl', "${name}RowMatrixKernel", [name: name, rows: rows])
}
[Two: 2, Four: 4].each { name, pixels ->
    write('Winograd.java.ftl', "${name}PixelWinogradKernel", [name: name, pixels: pixels])
}

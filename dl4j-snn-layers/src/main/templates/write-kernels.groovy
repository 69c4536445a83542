// Writes a vectorised kernel for every width; docs/decisions/0030-generated-kernels.md says why.
import freemarker.template.Configuration
import freemarker.template.TemplateExceptionHandler

def widths = [One: 1, Two: 2, Four: 4]

def configuration = new Configuration(Configuration.VERSION_2_3_34)
configuration.directoryForTemplateLoading = new File(project.basedir, 'src/main/templates')
configuration.defaultEncoding = 'UTF-8'
configuration.locale = Locale.ROOT
configuration.templateExceptionHandler = TemplateExceptionHandler.RETHROW_HANDLER
configuration.logTemplateExceptions = false
def template = configuration.getTemplate('VectorKernel.java.ftl')

def folder = new File(kernels, 'org/dl4jsnn/internal/kernel/vector')
folder.mkdirs()
widths.each { name, vectors ->
    def text = new StringWriter()
    template.process([name: name, vectors: vectors], text)
    def file = new File(folder, "${name}VectorKernel.java")
    // A file that would stay the same keeps its time, so that the compiler has nothing to do.
    if (!file.isFile() || file.getText('UTF-8') != text.toString()) {
        file.setText(text.toString(), 'UTF-8')
    }
}

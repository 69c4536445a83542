package org.dl4jsnn.examples.notebook;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.util.DefaultIndenter;
import org.nd4j.shade.jackson.core.util.DefaultPrettyPrinter;

/** JSON as Jupyter lays it out, so that saving a notebook there changes no line. */
final class JupyterText extends DefaultPrettyPrinter {

  private static final long serialVersionUID = 1L;

  private JupyterText() {
    DefaultIndenter oneBlank = new DefaultIndenter(" ", "\n");
    indentArraysWith(oneBlank);
    indentObjectsWith(oneBlank);
  }

  static String of(Object value) throws IOException {
    return Notebook.JSON.writer(new JupyterText()).writeValueAsString(value);
  }

  @Override
  public DefaultPrettyPrinter createInstance() {
    return new JupyterText();
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
    generator.writeRaw(": ");
  }

  @Override
  public void writeEndArray(JsonGenerator generator, int values) throws IOException {
    if (values > 0) {
      super.writeEndArray(generator, values);
    } else {
      _nesting--;
      generator.writeRaw(']');
    }
  }

  @Override
  public void writeEndObject(JsonGenerator generator, int entries) throws IOException {
    if (entries > 0) {
      super.writeEndObject(generator, entries);
    } else {
      _nesting--;
      generator.writeRaw('}');
    }
  }
}

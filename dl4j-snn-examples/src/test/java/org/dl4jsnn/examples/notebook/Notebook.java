package org.dl4jsnn.examples.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.util.DefaultIndenter;
import org.nd4j.shade.jackson.core.util.DefaultPrettyPrinter;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** A notebook file of format 4. */
final class Notebook {

  static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ObjectNode content;

  private Notebook(Path file, ObjectNode content) {
    this.file = file;
    this.content = content;
  }

  static Notebook read(Path file) throws IOException {
    return new Notebook(file, (ObjectNode) JSON.readTree(file.toFile()));
  }

  String name() {
    return file.getFileName().toString();
  }

  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  String kernel() {
    return content.at("/metadata/kernelspec/name").asText();
  }

  /** The cells that hold code. */
  List<Cell> code() {
    List<Cell> cells = new ArrayList<>();
    int number = 0;
    for (JsonNode cell : content.get("cells")) {
      number++;
      if (cell.get("cell_type").asText().equals("code")) {
        cells.add(new Cell(number, (ObjectNode) cell));
      }
    }
    return cells;
  }

  /** Writes the file as Jupyter does. */
  void write() throws IOException {
    Files.writeString(file, JupyterText.of(sorted(content)) + "\n");
  }

  private static Object sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> fields = new TreeMap<>();
      node.fields().forEachRemaining(field -> fields.put(field.getKey(), sorted(field.getValue())));
      return fields;
    }
    if (node.isArray()) {
      List<Object> elements = new ArrayList<>();
      node.forEach(element -> elements.add(sorted(element)));
      return elements;
    }
    return node;
  }

  /**
   * A cell of code.
   *
   * @param number of all cells, from 1
   * @param content its JSON
   */
  record Cell(int number, ObjectNode content) {

    String source() {
      JsonNode source = content.get("source");
      if (source.isTextual()) {
        return source.asText();
      }
      StringBuilder text = new StringBuilder();
      source.forEach(line -> text.append(line.asText()));
      return text.toString();
    }

    JsonNode outputs() {
      return content.get("outputs");
    }

    void set(int executionCount, ArrayNode outputs) {
      content.put("execution_count", executionCount);
      content.set("outputs", outputs);
    }
  }

  /** JSON as Jupyter lays it out, so that saving a notebook there changes no line. */
  static final class JupyterText extends DefaultPrettyPrinter {

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
}

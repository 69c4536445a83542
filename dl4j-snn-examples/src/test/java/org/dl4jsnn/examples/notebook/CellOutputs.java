package org.dl4jsnn.examples.notebook;

import java.util.List;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The outputs of a cell, as a notebook keeps them. */
final class CellOutputs {

  private final ArrayNode outputs = Notebook.JSON.createArrayNode();
  private final StringBuilder text = new StringBuilder();
  private String stream = "";

  /** Adds what a published message shows, if it shows anything. */
  void add(Wire.Message message) {
    JsonNode content = message.content();
    switch (message.type()) {
      case "stream" -> addText(content.at("/name").asText(), content.at("/text").asText());
      case "display_data" -> addData("display_data", content);
      case "execute_result" ->
          addData("execute_result", content)
              .put("execution_count", content.at("/execution_count").asInt());
      case "error" -> {
        endText();
        ObjectNode error = outputs.addObject().put("output_type", "error");
        error.set("ename", content.at("/ename"));
        error.set("evalue", content.at("/evalue"));
        error.set("traceback", content.at("/traceback"));
      }
      default -> {
        // Not shown: the kernel's state, an echo of the code.
      }
    }
  }

  private void addText(String name, String more) {
    if (!name.equals(stream)) {
      endText();
    }
    stream = name;
    text.append(more);
  }

  private ObjectNode addData(String type, JsonNode content) {
    endText();
    ObjectNode output = outputs.addObject().put("output_type", type);
    ObjectNode data = output.putObject("data");
    content
        .at("/data")
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().startsWith("text/")) {
                addLines(data.putArray(field.getKey()), field.getValue().asText());
              } else {
                data.set(field.getKey(), field.getValue());
              }
            });
    output.putObject("metadata");
    return output;
  }

  private void endText() {
    if (!text.isEmpty()) {
      ObjectNode output = outputs.addObject().put("name", stream).put("output_type", "stream");
      addLines(output.putArray("text"), text.toString());
    }
    text.setLength(0);
    stream = "";
  }

  /** Lines with their ends, as notebooks keep text. */
  private static void addLines(ArrayNode lines, String all) {
    List.of(all.split("(?<=\n)")).forEach(lines::add);
  }

  ArrayNode finished() {
    endText();
    return outputs;
  }
}

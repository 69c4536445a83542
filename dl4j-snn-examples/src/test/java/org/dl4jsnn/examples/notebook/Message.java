package org.dl4jsnn.examples.notebook;

import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A message of Jupyter's protocol.
 *
 * @param type its name
 * @param parent the identifier of the request that it belongs to, or an empty text
 * @param content what it says
 */
record Message(String type, String parent, JsonNode content) {

  boolean isIdle() {
    return type.equals("status") && content.at("/execution_state").asText().equals("idle");
  }
}

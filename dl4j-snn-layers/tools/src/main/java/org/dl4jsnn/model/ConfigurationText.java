package org.dl4jsnn.model;

import static org.dl4jsnn.model.ModelRefusedException.shown;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonFactoryBuilder;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.json.JsonWriteFeature;

/**
 * Checks a configuration token by token without creating any object from it: sizes, depth, class
 * names wherever they are marked as such, and that no object has the same name twice.
 */
record ConfigurationText(String source, AllowedClasses allowed, ModelLimits limits) {

  /** The field in which Deeplearning4j and ND4J name a class. */
  private static final String CLASS = "@class";

  /** The same field in weight distributions; elsewhere the word may mean something else. */
  private static final String TYPE = "type";

  /**
   * A field of layers before 1.0.0-beta4, which Deeplearning4j would fill from any class,
   * unchecked.
   */
  private static final String OLD_DISTRIBUTION = "dist";

  /** A field of layers, a text before 0.8.0 and an object since. */
  private static final String UPDATER = "updater";

  /** Longer than any number that is written with all its digits. */
  private static final int LONGEST_NUMBER = 100;

  private static final JsonFactory ASCII =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * Returns the JSON with today's class names if nothing in it is refused. It is rewritten in
   * ASCII, so that the next reader reads exactly the text that was checked.
   */
  String checkedJson(String text) throws ModelRefusedException {
    if (text.length() > limits.configuration()) {
      throw new ModelRefusedException(
          source,
          "the configuration must have at most "
              + limits.configuration()
              + " characters, got "
              + text.length()
              + ". If intended, raise the limit with ModelLimits.configuration");
    }
    StringWriter json = new StringWriter();
    try (JsonParser in = new JsonFactory().createParser(text);
        JsonGenerator out = ASCII.createGenerator(json)) {
      in.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      copy(in, out);
    } catch (ModelRefusedException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(
          source,
          "the configuration must be well-formed, got: "
              + shown(e.getOriginalMessage())
              + " in line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ". Possible cause: a damaged or truncated file",
          e);
    } catch (IOException | RuntimeException e) {
      throw new ModelRefusedException(
          source, "the configuration must be well-formed, got: " + shown(e.getMessage()), e);
    }
    return json.toString();
  }

  private void copy(JsonParser in, JsonGenerator out) throws IOException {
    int depth = 0;
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token.isStructStart() && ++depth > limits.depth()) {
        throw refused(in, "nesting must be at most " + limits.depth() + " levels deep");
      }
      check(in, token);
      out.copyCurrentEvent(in);
      if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0 && in.nextToken() != null) {
        throw refused(in, "the text must hold a single object, got more after it");
      }
    }
    if (!out.getOutputContext().hasCurrentIndex()) {
      throw new ModelRefusedException(source, "the configuration must not be empty");
    }
  }

  private void check(JsonParser in, JsonToken token) throws IOException {
    checkInteger(in, token);
    boolean isField = token == JsonToken.FIELD_NAME;
    boolean isOld =
        isField
            ? OLD_DISTRIBUTION.equals(in.currentName()) && !namesVertex(in)
            : token == JsonToken.VALUE_STRING && UPDATER.equals(in.currentName());
    if (isOld) {
      throw refused(
          in,
          "fields must be in today's format, got "
              + in.currentName()
              + ". Possible cause: a configuration from before 1.0.0-beta4; if you trust it, load it"
              + " with Deeplearning4j and save it again");
    }
    if (token.isNumeric() && in.getTextLength() > LONGEST_NUMBER) {
      throw refused(
          in,
          "numbers must have at most "
              + LONGEST_NUMBER
              + " characters, got "
              + in.getTextLength()
              + " of them");
    }
    if (token.isScalarValue() && CLASS.equals(in.currentName()) && !allowed.allows(in.getText())) {
      throw notAllowed(in, in.getText());
    }
    if (token == JsonToken.VALUE_STRING) {
      checkString(in, in.getText());
    }
  }

  /** In these objects of a graph's configuration, fields are the names of vertices. */
  private static boolean namesVertex(JsonParser in) {
    String pointer = in.getParsingContext().pathAsPointer().toString();
    return pointer.equals("/vertices/" + OLD_DISTRIBUTION)
        || pointer.equals("/vertexInputs/" + OLD_DISTRIBUTION);
  }

  /**
   * Sizes beyond those of Java arrays cannot belong to a network, and products of them overflow.
   * Seeds may be any number.
   */
  private void checkInteger(JsonParser in, JsonToken token) throws IOException {
    String name = in.currentName();
    boolean isSeed = name != null && name.toLowerCase(Locale.ROOT).endsWith("seed");
    if (token == JsonToken.VALUE_NUMBER_INT
        && !isSeed
        && in.getNumberType() != JsonParser.NumberType.INT) {
      throw refused(
          in,
          "integers must be between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE
              + ", got "
              + in.getText());
    }
  }

  private void checkString(JsonParser in, String value) throws IOException {
    boolean isType = TYPE.equals(in.currentName()) && value.indexOf('.') >= 0;
    // List<Foo>: Jackson would ask for List alone, and look Foo up as well.
    int parameters = value.indexOf('<');
    boolean hasParameters = parameters > 0 && allowed.allows(value.substring(0, parameters));
    if (isType && !allowed.allows(value) || hasParameters) {
      throw notAllowed(in, value);
    }
  }

  private ModelRefusedException notAllowed(JsonParser in, String name) {
    return refused(in, notAllowed(name));
  }

  static String notAllowed(String name) {
    return "classes must be allowed, got "
        + shown(name)
        + ". Possible cause: a custom layer, activation, encoder or schedule. If you"
        + " know the class and trust it, allow it with SafeModels.allowing";
  }

  private ModelRefusedException refused(JsonParser in, String problem) {
    return new ModelRefusedException(
        source, "at " + shown(in.getParsingContext().pathAsPointer()) + " " + problem);
  }
}

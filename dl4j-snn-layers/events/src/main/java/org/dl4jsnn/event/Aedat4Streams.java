package org.dl4jsnn.event;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The streams of an AEDAT 4 file, from the XML text in its header: nodes {@code outInfo/NUMBER}
 * with an attribute {@code typeIdentifier}, and {@code outInfo/NUMBER/info} with {@code sizeX} and
 * {@code sizeY}.
 */
final class Aedat4Streams {

  static final String EVENTS = "EVTS";

  private static final String ROOT = "outInfo";
  private static final String INFO = "info";

  /** The deepest nesting; no program writes more, and some versions of Java's parser refuse 100. */
  private static final int DEEPEST = 64;

  private final Map<Integer, String> types = new TreeMap<>();
  private final Map<String, String> sides = new TreeMap<>();

  private Aedat4Streams() {}

  static Aedat4Streams of(String xml) throws XMLStreamException {
    // The JDK's own parser, whatever is on the class path; external entities are off.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Aedat4Streams streams = new Aedat4Streams();
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
    Deque<String> path = new ArrayDeque<>();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("node")) {
        path.addLast(String.valueOf(reader.getAttributeValue(null, "name")));
        if (path.size() > DEEPEST) {
          throw new XMLStreamException("more than " + DEEPEST + " nodes within one another");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("node")) {
        path.removeLast();
      } else if (event == XMLStreamConstants.START_ELEMENT
          && reader.getLocalName().equals("attr")) {
        String key = String.valueOf(reader.getAttributeValue(null, "key"));
        streams.add(List.copyOf(path), key, reader.getElementText().strip());
      }
    }
    return streams;
  }

  private void add(List<String> path, String key, String text) {
    if (path.size() >= 2 && path.get(0).equals(ROOT) && path.get(1).matches("[0-9]{1,9}")) {
      int stream = Integer.parseInt(path.get(1));
      if (path.size() == 2 && key.equals("typeIdentifier")) {
        types.put(stream, text);
      } else if (path.size() == 3 && path.get(2).equals(INFO)) {
        sides.put(stream + key, text);
      }
    }
  }

  /** The first event stream. */
  Optional<Integer> events() {
    return types.entrySet().stream()
        .filter(stream -> stream.getValue().equals(EVENTS))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A width or height, as written. */
  Optional<String> side(int stream, String key) {
    return Optional.ofNullable(sides.get(stream + key));
  }

  /** The name of the packets of a skipped stream. */
  String kind(int stream) {
    return switch (types.getOrDefault(stream, "")) {
      case EVENTS -> "packets of another stream of events";
      case "FRME" -> "packets of frames";
      case "IMUS" -> "packets of motion";
      case "TRIG" -> "packets of triggers";
      default -> "packets of other kinds";
    };
  }

  /** The text of a file with one event stream, as iniVation's programs write it. */
  static String xml(Aedat4Compression compression, int stream, SensorSize sensor) {
    String path = "/mainloop/Recorder/" + ROOT + "/";
    return String.format(
        Locale.ROOT,
        """
        <dv version="2.0">
            <node name="outInfo" path="%1$s">
                <node name="%2$d" path="%1$s%2$d/">
                    <attr key="compression" type="string">%3$s</attr>
                    <attr key="originalModuleName" type="string">dl4j-snn</attr>
                    <attr key="originalOutputName" type="string">events</attr>
                    <attr key="typeDescription" type="string">Array of events (polarity ON/OFF).</attr>
                    <attr key="typeIdentifier" type="string">EVTS</attr>
                    <node name="info" path="%1$s%2$d/info/">
                        <attr key="sizeX" type="int">%4$d</attr>
                        <attr key="sizeY" type="int">%5$d</attr>
                        <attr key="source" type="string">dl4j-snn</attr>
                    </node>
                </node>
            </node>
        </dv>
        """,
        path,
        stream,
        compression,
        sensor.width(),
        sensor.height());
  }
}

package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.yaml.snakeyaml.Yaml;

/** The YAML files that the hosting service reads, which nothing else in the build does. */
class HostingFilesTest {

  private static final Path FOLDER = Path.of("..", ".github");

  @Test
  void shouldCiteTheSoftwareAndThePaper() throws IOException {
    Map<?, ?> citation = yaml(FOLDER.resolve("CITATION.cff"));
    for (String key : List.of("cff-version", "message", "title", "authors", "license")) {
      assertNotNull(citation.get(key), key);
    }
    Map<?, ?> paper = (Map<?, ?>) ((List<?>) citation.get("references")).get(0);
    assertEquals("10.1609/aaai.v35i12.17236", paper.get("doi"));
  }

  @Test
  void shouldHaveReadableWorkflows() throws IOException {
    try (Stream<Path> found = Files.list(FOLDER.resolve("workflows"))) {
      List<Path> workflows = found.toList();
      assertTrue(workflows.size() >= 3, workflows.toString());
      for (Path workflow : workflows) {
        assertInstanceOf(Map.class, yaml(workflow).get("jobs"), workflow.toString());
      }
    }
  }

  private static Map<?, ?> yaml(Path file) throws IOException {
    return new Yaml().load(Files.readString(file));
  }
}

package org.dl4jsnn.examples.nir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dl4jsnn.examples.support.JsonOption;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirSimulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the contents of a graph and the dialects that can run it. */
@Command(
    name = "info",
    description = "Nodes, shapes and parameters of a graph, and the dialects that can run it.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir"},
    mixinStandardHelpOptions = true)
final class NirInfo implements Callable<Integer>, RunsAtOnce {

  private static final int LONGEST_TEXT = 200;

  @Parameters(paramLabel = "FILE", description = "A NIR file.")
  private Path file;

  @Mixin private JsonOption json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    NirGraph graph = NirDialectOptions.graph(file);
    Output out = Output.of(spec);
    out.print("File      %s", file);
    printMetadata(out, "", graph);
    try {
      printNodes(out, graph);
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (String name : NirDialect.names()) {
      verdicts.put(name, verdict(graph, NirDialect.named(name)));
    }
    verdicts.forEach((name, verdict) -> out.print("Dialect   %s: %s", name, verdict));
    out.json(figures(graph, verdicts));
    return 0;
  }

  /** Also for nested graphs; a configuration is too long to show here. */
  private static void printMetadata(Output out, String prefix, NirGraph graph) {
    graph
        .metadata()
        .forEach(
            (name, text) ->
                out.print(
                    "Metadata  %s%s: %s",
                    prefix,
                    name,
                    text.length() > LONGEST_TEXT
                        ? String.format("%,d characters", text.length())
                        : text));
    graph
        .nodes()
        .forEach(
            (name, node) -> {
              if (node instanceof NirGraph inner) {
                printMetadata(out, prefix + name + "/", inner);
              }
            });
  }

  private Map<String, Object> figures(NirGraph graph, Map<String, String> verdicts) {
    Map<String, Object> nodes = new LinkedHashMap<>();
    NirSimulation simulation = shapes(graph);
    for (String name : simulation.order()) {
      nodes.put(name, Map.of("type", node(graph, name).type(), "shape", simulation.shape(name)));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("file", file.toString());
    figures.put("nodes", nodes);
    figures.put("edges", graph.edges().stream().map(Object::toString).toList());
    figures.put("dialects", verdicts);
    return figures;
  }

  private static void printNodes(Output out, NirGraph graph) {
    NirSimulation simulation = shapes(graph);
    for (String name : simulation.order()) {
      NirNode node = node(graph, name);
      out.print(
          "Node      %s: %s, gives %s%s",
          name, node.type(), Arrays.toString(simulation.shape(name)), NirNodeText.of(node));
    }
    out.print("Edges     %s", graph.edges());
  }

  private static NirNode node(NirGraph graph, String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? graph.nodes().get(name)
        : node((NirGraph) graph.nodes().get(name.substring(0, slash)), name.substring(slash + 1));
  }

  private static String verdict(NirGraph graph, NirDialect dialect) {
    Map<String, List<String>> ignored = new LinkedHashMap<>();
    try {
      NirSimulation.of(
          graph,
          dialect,
          (node, parameter) ->
              ignored.computeIfAbsent(parameter, name -> new ArrayList<>()).add(node));
      return ignored.isEmpty() ? "runs" : "runs, and ignores " + text(ignored);
    } catch (IllegalArgumentException e) {
      return "refuses " + e.getMessage();
    }
  }

  private static String text(Map<String, List<String>> ignored) {
    return ignored.entrySet().stream()
        .map(each -> each.getKey() + " of " + String.join(", ", each.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** Without neuron equations, so that a dialect's refusals are reported with the dialect. */
  private static NirSimulation shapes(NirGraph graph) {
    return NirSimulation.of(graph, NirDialect.exact(), (node, parameter) -> {});
  }
}

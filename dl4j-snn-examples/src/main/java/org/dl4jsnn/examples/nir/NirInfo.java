package org.dl4jsnn.examples.nir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dl4jsnn.examples.support.JsonOption;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a graph is made of, and which dialects run it. */
@Command(
    name = "info",
    description = "Nodes, shapes and parameters of a graph, and which dialects run it.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir"},
    mixinStandardHelpOptions = true)
final class NirInfo implements Callable<Integer>, RunsAtOnce {

  @Parameters(paramLabel = "FILE", description = "A NIR file.")
  private Path file;

  @Mixin private JsonOption json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    NirGraph graph = NirDialectOptions.graph(file);
    Output out = Output.of(spec);
    out.print("File      %s", file);
    graph.metadata().forEach((name, text) -> out.print("Metadata  %s: %s", name, text));
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

  private Map<String, Object> figures(NirGraph graph, Map<String, String> verdicts) {
    Map<String, Object> nodes = new LinkedHashMap<>();
    NirSimulation simulation = NirSimulation.of(graph, NirDialect.exact());
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
    // Without neurons' equations, so that a dialect's refusals are told where they belong.
    NirSimulation simulation = NirSimulation.of(graph, NirDialect.exact());
    for (String name : simulation.order()) {
      NirNode node = node(graph, name);
      out.print(
          "Node      %s: %s, gives %s%s",
          name, node.type(), Arrays.toString(simulation.shape(name)), numbers(node));
    }
    out.print("Edges     %s", graph.edges());
  }

  private static NirNode node(NirGraph graph, String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? graph.nodes().get(name)
        : node((NirGraph) graph.nodes().get(name.substring(0, slash)), name.substring(slash + 1));
  }

  private static String numbers(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return neurons.parameters().entrySet().stream()
          .map(NirInfo::range)
          .collect(Collectors.joining(", ", ": ", ""));
    }
    if (node instanceof NirWeights.Affine affine) {
      return ": weight " + Arrays.toString(affine.weight().shape());
    }
    if (node instanceof NirWeights.Linear linear) {
      return ": weight " + Arrays.toString(linear.weight().shape());
    }
    if (node instanceof NirWeights.Conv2d c) {
      return ": weight "
          + Arrays.toString(c.weight().shape())
          + ", "
          + c.rows()
          + ", "
          + c.columns();
    }
    return node instanceof NirWeights.Conv1d c
        ? ": weight " + Arrays.toString(c.weight().shape()) + ", " + c.axis()
        : "";
  }

  private static String range(Map.Entry<String, NirTensor> parameter) {
    double[] values = parameter.getValue().doubles();
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    String unit = parameter.getKey().startsWith("tau") ? " s" : "";
    return parameter.getKey() + " " + least + (most > least ? " to " + most : "") + unit;
  }

  private static String verdict(NirGraph graph, NirDialect dialect) {
    try {
      NirSimulation.of(graph, dialect);
      return "runs";
    } catch (IllegalArgumentException e) {
      return "refuses " + e.getMessage();
    }
  }
}

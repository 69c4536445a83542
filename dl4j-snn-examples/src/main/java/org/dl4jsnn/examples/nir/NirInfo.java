package org.dl4jsnn.examples.nir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.dl4jsnn.examples.support.ExampleCommand;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.Output.JsonOption;
import org.dl4jsnn.examples.support.RunsAtOnce;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirSimulation;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.NirImport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the contents of a graph, the dialects that can run it, and whether it can be imported. */
@Command(
    name = "info",
    description =
        "Nodes, shapes and parameters of a graph, the dialects that can run it, and whether it "
            + "becomes a network.",
    footer = {"%nExample:", "  ${COMMAND-FULL-NAME} network.nir"})
final class NirInfo extends ExampleCommand implements RunsAtOnce {

  private static final Logger LOG = LoggerFactory.getLogger(NirInfo.class);

  private static final int LONGEST_TEXT = 200;

  @Parameters(paramLabel = "FILE", description = "A NIR file.")
  private Path file;

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description = "Time step, instead of the programs'.")
  private Double timeStep;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    OptionRules.positive("--dt", timeStep);
    NirGraph graph = NirDialectOptions.graph(file);
    Output out = output();
    out.print("File      %s", file);
    printMetadata(out, "", graph);
    List<NirDialect> dialects = NirDialect.names().stream().map(this::dialect).toList();
    Map<String, NirNode> nodes = nodes(graph, dialects);
    Map<String, int[]> shapes = shapes(graph);
    nodes.forEach(
        (name, node) ->
            out.print(
                "Node      %s: %s, %s%s",
                name,
                node.type(),
                shapes.containsKey(name)
                    ? "gives " + Arrays.toString(shapes.get(name))
                    : "of unknown shape",
                after(node)));
    out.print("Edges     %s", graph.edges());
    Map<String, String> runs = new LinkedHashMap<>();
    Map<String, String> imports = new LinkedHashMap<>();
    for (NirDialect dialect : dialects) {
      runs.put(dialect.name(), verdict(graph, dialect));
      imports.put(dialect.name(), imported(graph, dialect));
    }
    runs.forEach((name, verdict) -> out.print("Dialect   %s: %s", name, verdict));
    imports.forEach((name, verdict) -> out.print("Import    %s: %s", name, verdict));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("file", file.toString());
    figures.put("nodes", figures(nodes, shapes));
    figures.put("edges", graph.edges().stream().map(Object::toString).toList());
    figures.put("dialects", runs);
    figures.put("imports", imports);
    out.json(figures);
    return 0;
  }

  private NirDialect dialect(String name) {
    NirDialect dialect = NirDialect.named(name);
    return timeStep == null ? dialect : dialect.withTimeStep(timeStep);
  }

  private static Map<String, Object> figures(
      Map<String, NirNode> nodes, Map<String, int[]> shapes) {
    Map<String, Object> figures = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          Map<String, Object> each = new LinkedHashMap<>();
          each.put("type", node.type());
          if (shapes.containsKey(name)) {
            each.put("shape", shapes.get(name));
          }
          figures.put(name, each);
        });
    return figures;
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
                        ? String.format(Locale.ROOT, "%,d characters", text.length())
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

  /** The nodes as read, in the order in which a dialect runs them; else in that of the file. */
  private static Map<String, NirNode> nodes(NirGraph graph, List<NirDialect> dialects) {
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    for (NirDialect dialect : dialects) {
      try {
        NirSimulation.of(graph, dialect, (node, parameter) -> {})
            .order()
            .forEach(name -> nodes.put(name, node(graph, name)));
        return nodes;
      } catch (IllegalArgumentException e) {
        LOG.debug("{} has no order in the dialect {}", graph.nodes().keySet(), dialect, e);
      }
    }
    return graph.nodes();
  }

  /** Shapes of nodes, also where no dialect runs the graph. */
  private static Map<String, int[]> shapes(NirGraph graph) {
    try {
      return graph.shapes();
    } catch (IllegalArgumentException e) {
      LOG.debug("{} has no shapes", graph.nodes().keySet(), e);
      return Map.of();
    }
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
      return "refuses: " + e.getMessage();
    }
  }

  private static String text(Map<String, List<String>> ignored) {
    return ignored.entrySet().stream()
        .map(each -> each.getKey() + " of " + String.join(", ", each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String imported(NirGraph graph, NirDialect dialect) {
    try {
      return NirImport.by(dialect).isChain(graph) ? "a MultiLayerNetwork" : "a ComputationGraph";
    } catch (IllegalArgumentException e) {
      return "refuses: " + e.getMessage();
    }
  }

  /** The text after a node's type and shape; may be empty. */
  private static String after(NirNode node) {
    String text = numbers(node);
    return text.isEmpty() ? "" : ": " + text;
  }

  private static String numbers(NirNode node) {
    if (node instanceof NirNeurons neurons) {
      return neurons.parameters().entrySet().stream()
          .map(each -> range(each.getKey(), each.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (node instanceof NirWeights.Affine affine) {
      return weight(affine.weight());
    }
    if (node instanceof NirWeights.Linear linear) {
      return weight(linear.weight());
    }
    if (node instanceof NirWeights.Scale scale) {
      return range("scale", scale.scale());
    }
    if (node instanceof NirWeights.Conv2d c) {
      return weight(c.weight())
          + ", "
          + both(axis(c.rows()), axis(c.columns()))
          + groups(c.groups());
    }
    if (node instanceof NirWeights.Conv1d c) {
      return weight(c.weight()) + ", " + axis(c.axis()) + groups(c.groups());
    }
    return plumbing(node);
  }

  private static String plumbing(NirNode node) {
    if (node instanceof NirPlumbing.SumPool2d pool) {
      return both(window(pool.rows()), window(pool.columns()));
    }
    if (node instanceof NirPlumbing.AvgPool2d pool) {
      return both(window(pool.rows()), window(pool.columns()));
    }
    return node instanceof NirPlumbing.Delay delay ? range("delay", delay.delay()) : "";
  }

  private static String weight(NirTensor weight) {
    return "weight " + Arrays.toString(weight.shape());
  }

  /** Rows and columns; one number if equal. */
  private static String both(String rows, String columns) {
    return rows.equals(columns) ? rows : "rows: " + rows + "; columns: " + columns;
  }

  private static String axis(NirWeights.Axis axis) {
    return String.format(
        "stride %s, padding %s, dilation %s",
        axis.stride(),
        axis.padding() == NirWeights.Axis.SAME ? "same" : axis.padding(),
        axis.dilation());
  }

  private static String window(NirPlumbing.Window window) {
    return String.format(
        "kernel %s, stride %s, padding %s", window.kernel(), window.stride(), window.padding());
  }

  private static String groups(int groups) {
    return groups == 1 ? "" : ", " + groups + " groups";
  }

  private static String range(String name, NirTensor numbers) {
    double[] values = numbers.doubles();
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    String unit = name.startsWith("tau") || name.equals("delay") ? " s" : "";
    return name + " " + least + (most > least ? " to " + most : "") + unit;
  }
}

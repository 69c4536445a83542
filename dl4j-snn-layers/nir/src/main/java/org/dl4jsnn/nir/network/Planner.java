package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirWeights;

/** Plans a network: its parts and the nodes behind each. */
final class Planner {

  private static final String RULE = "nodes must be convertible to a network";

  private final NirRefusals refusals;
  private final JoinedGraph graph;
  private final LayerDialect dialect;
  private final PlannedSize size;
  private final PlannedParts parts;
  private final NeuronParts neurons;
  private final Map<String, String> outputs = new LinkedHashMap<>();

  /** The outputs of nodes as sums of terms; empty for a node that cannot be converted. */
  private final Map<String, List<Term>> values = new HashMap<>();

  private Planner(JoinedGraph graph, LayerDialect dialect, NirRefusals refusals) {
    this.dialect = dialect;
    this.graph = graph;
    this.refusals = refusals;
    this.size = new PlannedSize(graph);
    this.parts = new PlannedParts(graph.nodes().keySet(), size);
    List<String> ends = graph.all(NirPlumbing.Output.class);
    if (ends.isEmpty()) {
      refusals.add("graph", "there must be an Output, got nodes " + graph.nodes().keySet());
    }
    Set<String> wanted = graph.behind(ends);
    this.neurons = new NeuronParts(graph, new Loops(graph, wanted, refusals), dialect, parts);
    for (String name : graph.sorted(wanted)) {
      refusals.attempt(graph.named(name), () -> plan(name, graph.node(name)));
    }
  }

  /**
   * The plan of a graph, or a refusal that names every obstacle.
   *
   * @param dialect the dialect of layers, given the names of neurons with recurrent weights
   */
  static Plan plan(NirGraph graph, Function<Set<String>, LayerDialect> dialect) {
    NirRefusals refusals = new NirRefusals();
    Optional<JoinedGraph> joined = refusals.attempt("graph", () -> new JoinedGraph(graph));
    refusals.throwIfAny(RULE);
    LayerDialect ofLayers = dialect.apply(graph.recurrentNeurons());
    Planner planner = new Planner(joined.orElseThrow(), ofLayers, refusals);
    refusals.throwIfAny(RULE);
    List<String> outputs =
        planner.graph.all(NirPlumbing.Output.class).stream().map(planner.outputs::get).toList();
    return new Plan(planner.parts.all(), outputs);
  }

  private boolean plan(String name, NirNode node) {
    if (node instanceof NirPlumbing.Input input) {
      if (!graph.before(name).isEmpty()) {
        throw new IllegalArgumentException(
            "nothing may reach an Input, got edges from " + graph.before(name));
      }
      size.take(input.shape());
      Part encoding = new Part.Encoding(name, Term.feature(input.shape()));
      return give(name, List.of(Term.of(parts.add(encoding), input.shape())));
    }
    if (node instanceof NirNeurons firing && !Integrating.is(firing)) {
      give(name, List.of(Term.of(name, firing.shape())));
    }
    Optional<List<Term>> arriving = arriving(name);
    if (arriving.isEmpty()) {
      requireKnown(name, node);
    } else if (node instanceof NirNeurons layer) {
      parts.add(
          Integrating.is(layer)
              ? neurons.integrators(name, layer, arriving.get())
              : neurons.firing(name, layer, arriving.get()));
    } else if (node instanceof NirPlumbing.Output) {
      outputs.put(name, end(name, arriving.get()));
    } else {
      give(name, linear(name, node, arriving.get()));
    }
    return true;
  }

  /** Refuses nodes without input; a node before them could not be converted. */
  private void requireKnown(String name, NirNode node) {
    if (node instanceof NirNeurons layer && Integrating.is(layer)) {
      Integrating.of(name, layer, dialect);
    } else if (node instanceof NirNeurons layer) {
      dialect.firing(name, layer);
    } else if (node instanceof NirPlumbing.Delay delay) {
      delay.steps(dialect.timeStep());
    }
  }

  private boolean give(String name, List<Term> terms) {
    values.put(name, terms);
    return true;
  }

  /** The sum of a node's inputs; empty if one of them cannot be converted. */
  private Optional<List<Term>> arriving(String name) {
    List<Term> terms = new ArrayList<>();
    for (String source : graph.before(name)) {
      if (Integrating.is(graph.node(source))) {
        if (graph.node(name) instanceof NirPlumbing.Output && graph.before(name).size() == 1) {
          outputs.put(name, source);
          return Optional.empty();
        }
        throw new IllegalArgumentException(
            "only an Output may come after integrators, got '" + source + "' before it");
      }
      if (!values.containsKey(source)) {
        return Optional.empty();
      }
      List<Term> more = values.get(source);
      size.takePaths(more.size());
      terms.addAll(more);
    }
    Require.not(terms.isEmpty(), "a node must have an incoming edge, got none");
    for (Term term : terms) {
      Require.not(
          !Arrays.equals(term.shape(), terms.get(0).shape()),
          "all inputs of a node must have one shape, got %s and %s",
          Arrays.toString(terms.get(0).shape()),
          Arrays.toString(term.shape()));
    }
    return Optional.of(parts.added(name, terms));
  }

  private List<Term> linear(String name, NirNode node, List<Term> terms) {
    List<Term> mapped = new ArrayList<>();
    for (Term term : terms) {
      Term ready = node instanceof NirWeights.Scale ? term : parts.withoutPooling(term);
      Term behind =
          node instanceof NirPlumbing.Delay delay
              ? parts.delayed(ready, name, delay, dialect.timeStep(), terms.size() == 1)
              : LinearNodes.behind(ready, name, node, mapped.isEmpty());
      size.take(node, behind, mapped.isEmpty());
      mapped.add(behind);
    }
    return mapped;
  }

  /** The source of an output: a part, or weights at the end. */
  private String end(String name, List<Term> terms) {
    Term term = parts.withoutPooling(parts.summed(name, terms));
    if (term.isIdentity() && parts.isEncoding(term.part())) {
      throw new IllegalArgumentException(
          "an Output must come after neurons or weights, got '" + term.part() + "' before it");
    }
    if (term.isIdentity()) {
      return term.part();
    }
    if (term.shape().length != 1) {
      throw new IllegalArgumentException(
          "weights without neurons at the end must give [n], got " + Arrays.toString(term.shape()));
    }
    String wanted = String.join("_", graph.before(name));
    String part = parts.has(wanted) ? parts.unused(wanted) : wanted;
    Integrating nothing = Integrating.nothing(term.shape()[0]);
    return parts.add(new Part.ReadOut(part, term.part(), Composition.dense(term), nothing));
  }

  /** The plan of a network. */
  record Plan(List<Part> parts, List<String> outputs) {

    /** Whether every part reads the previous one and the last is the only output. */
    boolean isChain() {
      for (int i = 0; i < parts.size(); i++) {
        List<String> expected = i == 0 ? List.of() : List.of(parts.get(i - 1).name());
        if (!parts.get(i).inputs().equals(expected)) {
          return false;
        }
      }
      return outputs.equals(List.of(parts.get(parts.size() - 1).name()));
    }
  }
}

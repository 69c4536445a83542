package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.NirWeights;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Pooled;

/** Plans a network: which parts it has, and which nodes each of them stands for. */
final class Planner {

  private static final String RULE = "nodes must be such that a network can be made of them";

  private final Refusals refusals = new Refusals();
  private final FlatGraph graph;
  private final Loops loops;
  private final NirDialect dialect;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  /** What nodes give, as sums of terms; nothing for a node that does not map. */
  private final Map<String, List<Term>> values = new HashMap<>();

  private Planner(NirGraph nir, NirDialect dialect) {
    this.dialect = dialect;
    this.graph = new FlatGraph(nir, refusals);
    List<String> ends = graph.all(NirPlumbing.Output.class);
    if (ends.isEmpty()) {
      refusals.add("graph", "there must be an Output, got nodes " + nir.nodes().keySet());
    }
    Set<String> wanted = graph.behind(ends);
    this.loops = new Loops(graph, wanted, refusals);
    for (String name : graph.sorted(wanted)) {
      refusals.attempt(graph.named(name), () -> plan(name, graph.node(name)));
    }
  }

  /** The plan of a graph, or a refusal that names everything in its way. */
  static NetworkPlan plan(NirGraph graph, NirDialect dialect) {
    Planner planner = new Planner(graph, dialect);
    planner.refusals.throwIfAny(RULE);
    List<String> outputs =
        planner.graph.all(NirPlumbing.Output.class).stream().map(planner.outputs::get).toList();
    return new NetworkPlan(List.copyOf(planner.parts.values()), outputs);
  }

  private boolean plan(String name, NirNode node) {
    if (node instanceof NirPlumbing.Input input) {
      if (!graph.before(name).isEmpty()) {
        throw new IllegalArgumentException(
            "nothing may reach an Input, got edges from " + graph.before(name));
      }
      Part encoding = new Part.Encoding(name, Term.feature(input.shape()));
      return give(name, List.of(Term.of(add(encoding), input.shape())));
    }
    if (node instanceof NirNeurons neurons && !Integrating.is(neurons)) {
      give(name, List.of(Term.of(name, neurons.shape())));
    }
    Optional<List<Term>> arriving = arriving(name);
    if (arriving.isEmpty()) {
      requireKnown(name, node);
    } else if (node instanceof NirNeurons neurons) {
      add(
          Integrating.is(neurons)
              ? integrators(name, neurons, arriving.get())
              : neurons(name, neurons, arriving.get()));
    } else if (node instanceof NirPlumbing.Output) {
      outputs.put(name, end(name, arriving.get()));
    } else {
      give(name, linear(name, node, arriving.get()));
    }
    return true;
  }

  /** Refuses what maps behind nothing; something in front does not map. */
  private void requireKnown(String name, NirNode node) {
    if (node instanceof NirNeurons neurons && Integrating.is(neurons)) {
      Integrating.of(name, neurons, dialect);
    } else if (node instanceof NirNeurons neurons) {
      dialect.neuron(name, ChannelNeurons.of(neurons));
    } else if (!(node instanceof NirPlumbing.Output)) {
      LinearNodes.requireKnown(node);
    }
  }

  private boolean give(String name, List<Term> terms) {
    values.put(name, terms);
    return true;
  }

  private String add(Part part) {
    parts.put(part.name(), part);
    return part.name();
  }

  /** The sum of what reaches a node; empty where something of it does not map. */
  private Optional<List<Term>> arriving(String name) {
    List<Term> terms = new ArrayList<>();
    for (String source : graph.before(name)) {
      if (Integrating.is(graph.node(source))) {
        if (graph.node(name) instanceof NirPlumbing.Output && graph.before(name).size() == 1) {
          outputs.put(name, source);
          return Optional.empty();
        }
        throw new IllegalArgumentException(
            "nothing but an Output may come after integrators, got '" + source + "' before it");
      }
      if (!values.containsKey(source)) {
        return Optional.empty();
      }
      terms.addAll(values.get(source));
    }
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("something must reach a node, got no edge to it");
    }
    for (Term term : terms) {
      if (!Arrays.equals(term.shape(), terms.get(0).shape())) {
        throw new IllegalArgumentException(
            "what reaches a node must have one shape, got "
                + Arrays.toString(terms.get(0).shape())
                + " and "
                + Arrays.toString(term.shape()));
      }
    }
    return Optional.of(added(name, terms));
  }

  /** Spikes of several layers as they are become those of one sum. */
  private List<Term> added(String name, List<Term> terms) {
    if (terms.size() == 1 || !terms.stream().allMatch(Term::isIdentity)) {
      return terms;
    }
    List<String> inputs = terms.stream().map(Term::part).toList();
    Term first = terms.get(0);
    boolean fits = terms.stream().allMatch(term -> term.train().equals(first.train()));
    if (!fits || Set.copyOf(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException(
          "spikes that are added must be those of different layers of one shape, got " + inputs);
    }
    String sum = add(new Part.Meeting(unused(name + "_sum"), inputs, true));
    return List.of(new Term(sum, first.train(), first.shape(), first.map()));
  }

  private String unused(String wanted) {
    String name = wanted;
    while (parts.containsKey(name) || graph.nodes().containsKey(name)) {
      name += "_";
    }
    return name;
  }

  private List<Term> linear(String name, NirNode node, List<Term> terms) {
    List<Term> mapped = new ArrayList<>();
    for (Term term : terms) {
      Term ready = node instanceof NirWeights.Scale ? term : withoutPooling(term);
      mapped.add(LinearNodes.behind(ready, name, node, mapped.isEmpty()));
    }
    return mapped;
  }

  /** Pooling that something else than neurons comes after is a part of its own. */
  private Term withoutPooling(Term term) {
    if (!(term.map() instanceof Pooled pooled)) {
      return term;
    }
    Part pooling = new Part.Pooling(pooled.node(), term.part(), pooled.window());
    if (parts.containsKey(pooled.node()) && !pooling.equals(parts.get(pooled.node()))) {
      pooling = new Part.Pooling(unused(pooled.node()), term.part(), pooled.window());
    }
    add(pooling);
    Term sums = Term.of(pooling.name(), term.shape());
    float[] factors = new float[pooled.output().neurons()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = pooled.factors()[i / pooled.output().positions()];
    }
    return Composition.scaled(sums, factors);
  }

  private Part neurons(String name, NirNeurons node, List<Term> terms) {
    Term term = summed(name, terms);
    requireShape(node, term);
    NeuronDynamics dynamics = dialect.neuron(name, ChannelNeurons.of(node));
    List<Dense> recurrent = recurrent(name, node);
    if (term.map() instanceof Pooled pooled && pooled.average()) {
      return new Part.Neurons(name, term.part(), pooled, dynamics, null, false);
    }
    boolean isRow = node.shape().length == 2;
    if (recurrent.isEmpty()) {
      LinearMap map = node.shape().length == 1 ? Composition.dense(term) : TermSum.kernel(term);
      return new Part.Neurons(name, term.part(), map, dynamics, null, isRow);
    }
    Dense all = recurrent.stream().reduce(Biases::sum).orElseThrow();
    Dense map = Biases.plus(Composition.dense(term), all.bias());
    return new Part.Neurons(name, term.part(), map, dynamics, all.weights(), isRow);
  }

  private static void requireShape(NirNeurons node, Term term) {
    if (!Arrays.equals(node.shape(), term.shape())) {
      throw new IllegalArgumentException(
          "neurons must have the shape of what reaches them, "
              + Arrays.toString(term.shape())
              + ", got "
              + Arrays.toString(node.shape()));
    }
  }

  private Term summed(String name, List<Term> terms) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    List<Term> ready = terms.stream().map(term -> withoutPooling(term)).toList();
    List<String> inputs = ready.stream().map(Term::part).toList();
    Term sum = TermSum.of(ready, unused(name + "_inputs"));
    add(new Part.Meeting(sum.part(), inputs, false));
    return sum;
  }

  /** Weights from a layer to itself. */
  private List<Dense> recurrent(String name, NirNeurons node) {
    List<Dense> maps = new ArrayList<>();
    for (List<String> path : loops.of(name)) {
      if (node.shape().length != 1) {
        throw new IllegalArgumentException(
            "neurons that reach themselves must be [n], got " + Arrays.toString(node.shape()));
      }
      Term term = Term.of(name, node.shape());
      for (String each : path) {
        term = LinearNodes.behind(term, each, graph.node(each), true);
      }
      requireShape(node, term);
      Dense map = Composition.dense(term);
      if (map.bias() != null && !dialect.beginsWithBias()) {
        throw new IllegalArgumentException(
            "recurrent weights must be without a bias in the dialect "
                + dialect.name()
                + ", which adds it from the second step on, as a layer's bias is not, got "
                + path);
      }
      maps.add(map);
    }
    return maps;
  }

  private Part integrators(String name, NirNeurons node, List<Term> terms) {
    if (!loops.of(name).isEmpty()) {
      throw new IllegalArgumentException("integrators must not reach themselves");
    }
    Term term = withoutPooling(summed(name, terms));
    requireShape(node, term);
    if (node.shape().length != 1) {
      throw new IllegalArgumentException(
          "integrators must be [n], got " + Arrays.toString(node.shape()));
    }
    Integrating integrating = Integrating.of(name, node, dialect);
    Term charged =
        Composition.scaled(term.with(node.shape(), Composition.dense(term)), integrating.gain());
    Dense map = Biases.plus((Dense) charged.map(), integrating.bias());
    return new Part.ReadOut(name, term.part(), map, integrating.leak());
  }

  /** What an output is: a part, or weights at the end. */
  private String end(String name, List<Term> terms) {
    Term term = withoutPooling(summed(name, terms));
    if (term.isIdentity() && parts.get(term.part()) instanceof Part.Encoding) {
      throw new IllegalArgumentException(
          "an Output must come after neurons or weights, got '" + term.part() + "' before it");
    }
    if (term.isIdentity()) {
      return term.part();
    }
    if (term.shape().length != 1) {
      throw new IllegalArgumentException(
          "what has weights and no neurons at the end must be [n], got "
              + Arrays.toString(term.shape()));
    }
    String wanted = String.join("_", graph.before(name));
    String part = parts.containsKey(wanted) ? unused(wanted) : wanted;
    return add(new Part.ReadOut(part, term.part(), Composition.dense(term), 0));
  }
}

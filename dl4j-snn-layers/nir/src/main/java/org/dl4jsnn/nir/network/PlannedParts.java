package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.network.LinearMap.Dense;
import org.dl4jsnn.nir.network.LinearMap.Kernel;
import org.dl4jsnn.nir.network.LinearMap.Pooled;

/** The parts added to a plan so far, including parts without their own node. */
final class PlannedParts {

  /** Of [channels, height, width]. */
  private static final int IMAGE_AXES = 3;

  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<Term, String> currents = new HashMap<>();
  private final Set<String> nodes;
  private final PlannedSize size;

  /** No parts yet. */
  PlannedParts(Set<String> nodes, PlannedSize size) {
    this.nodes = nodes;
    this.size = size;
  }

  /** Adds a part; returns its name. */
  String add(Part part) {
    size.take(part);
    parts.put(part.name(), part);
    return part.name();
  }

  List<Part> all() {
    return List.copyOf(parts.values());
  }

  boolean has(String name) {
    return parts.containsKey(name);
  }

  boolean isEncoding(String name) {
    return parts.get(name) instanceof Part.Encoding;
  }

  /** A name that no part or node has. */
  String unused(String wanted) {
    String name = wanted;
    while (parts.containsKey(name) || nodes.contains(name)) {
      name += "_";
    }
    return name;
  }

  /** Unchanged spikes of several layers become one sum. */
  List<Term> added(String name, List<Term> terms) {
    if (terms.size() == 1 || !terms.stream().allMatch(Term::isIdentity)) {
      return terms;
    }
    List<String> inputs = terms.stream().map(Term::part).toList();
    Term first = terms.get(0);
    boolean fits = terms.stream().allMatch(term -> term.train().equals(first.train()));
    if (!fits || Set.copyOf(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException(
          "added spikes must come from different layers of one shape, got " + inputs);
    }
    String sum = add(new Part.Meeting(unused(name + "_sum"), inputs, true));
    return List.of(new Term(sum, first.train(), first.shape(), first.map()));
  }

  /** Pooling not followed by neurons is a separate part. */
  Term withoutPooling(Term term) {
    if (!(term.map() instanceof Pooled pooled)) {
      return term;
    }
    Part pooling = new Part.Pooling(pooled.node(), term.part(), pooled.window());
    if (parts.containsKey(pooled.node()) && !pooling.equals(parts.get(pooled.node()))) {
      pooling = new Part.Pooling(unused(pooled.node()), term.part(), pooled.window());
    }
    add(pooling);
    Term sums = Term.of(pooling.name(), term.shape());
    PlannedSize.require(pooled.output().neurons(), 0);
    float[] factors = new float[pooled.output().neurons()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = pooled.factors()[i / pooled.output().positions()];
    }
    return Composition.scaled(sums, factors);
  }

  /**
   * One map for several: over the concatenated spike trains, or, if their sizes or windows differ,
   * over the sum of their currents.
   */
  Term summed(String name, List<Term> terms) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    List<Term> ready = terms.stream().map(this::withoutPooling).toList();
    if (!TermSum.fits(ready)) {
      return sumOfCurrents(name, ready);
    }
    List<String> inputs = ready.stream().map(Term::part).toList();
    Term sum = TermSum.of(ready, unused(name + "_inputs"));
    add(new Part.Meeting(sum.part(), inputs, false));
    return sum;
  }

  private Term sumOfCurrents(String name, List<Term> terms) {
    List<String> inputs = terms.stream().map(term -> currents(name, term)).toList();
    Require.not(
        Set.copyOf(inputs).size() < inputs.size(),
        "neurons must be reached once from each layer, got several paths from one of %s",
        inputs);
    int[] shape = terms.get(0).shape();
    Term sum = Term.of(add(new Part.Meeting(unused(name + "_sum"), inputs, true)), shape);
    if (shape.length != IMAGE_AXES) {
      return sum;
    }
    float[] ones = new float[sum.train().channels()];
    Arrays.fill(ones, 1);
    return sum.with(
        shape, new Pooled(sum.part(), NodeConvolutions.pointwise(), ones, true, sum.train()));
  }

  /** The part that passes on the currents of a term; the same for all neurons that it reaches. */
  private String currents(String name, Term term) {
    // Flattened spikes still have rows and columns.
    if (term.isIdentity() && term.train().equals(Term.feature(term.shape()))) {
      return term.part();
    }
    return currents.computeIfAbsent(
        term,
        each ->
            add(
                new Part.Neurons(
                    unused(name + "_currents"),
                    each.part(),
                    each.shape().length == 1 ? Composition.dense(each) : TermSum.kernel(each),
                    new GradedNeuron(),
                    null,
                    each.shape().length == 2)));
  }

  /**
   * A delay after a term: a layer that delays the term's spikes. If weights are in between, they
   * see the same spikes some steps later, so the layer may precede them; but a bias would start at
   * once, and different delays of the weights' outputs are not delays of spikes.
   *
   * @param isAlone whether no other term arrives at the node
   */
  Term delayed(Term term, String name, NirPlumbing.Delay node, double timeStep, boolean isAlone) {
    Require.not(
        !Arrays.equals(node.delay().shape(), term.shape()),
        "delays must have the shape of their input, %s, got %s",
        Arrays.toString(term.shape()),
        Arrays.toString(node.delay().shape()));
    List<Integer> steps = Arrays.stream(node.steps(timeStep)).boxed().toList();
    boolean isUniform = steps.stream().distinct().count() == 1;
    Require.not(
        hasWeights(term.map()) && (!isUniform || hasBias(term.map())),
        "delays must come after spikes, or be equal and come after weights without a bias, got %s;"
            + " NirSimulation runs it",
        isUniform ? "weights with a bias" : "different delays after weights");
    // A layer gets the node's name only if its output equals the node's.
    boolean isNode = isAlone && term.isIdentity() && !has(name);
    String part = isNode ? name : unused(name);
    add(new Part.Delay(part, term.part(), isUniform ? steps.subList(0, 1) : steps));
    return new Term(part, term.train(), term.shape(), term.map());
  }

  private static boolean hasWeights(LinearMap map) {
    return map instanceof Dense || map instanceof Kernel;
  }

  private static boolean hasBias(LinearMap map) {
    return map instanceof Dense dense && dense.bias() != null
        || map instanceof Kernel kernel && kernel.bias() != null;
  }
}

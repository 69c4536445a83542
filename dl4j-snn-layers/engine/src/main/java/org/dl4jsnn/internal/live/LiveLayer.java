package org.dl4jsnn.internal.live;

/** A part of a network as streams run it. Shared by all of them; thread-safe. */
public interface LiveLayer {

  /** The state of a new stream. */
  LivePart atRest();

  /** Memory for one step, which any stream may use. */
  PartScratch newScratch();
}

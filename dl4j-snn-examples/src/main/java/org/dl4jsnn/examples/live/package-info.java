/** A trained network watches a camera's stream as it comes (the command {@code live}). */
package org.dl4jsnn.examples.live;

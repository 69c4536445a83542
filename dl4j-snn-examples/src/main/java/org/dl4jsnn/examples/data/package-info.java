/** Images with labels, from files or embedded, and the minibatches made of them. */
package org.dl4jsnn.examples.data;

"""Producer and consumer over a channel with room for two. Nobody asks again and again whether there is room: the channel makes the
consumer wait while it is empty, and the producer while it is full. Look at step 1, and for the first step in which the producer waits."""
# @tasks consumer() producer()
from cotasks import channel, closed

parcels = channel(2, "parcels")


def consumer():
    """Opens one parcel after the other, until there are no more."""
    opened = []
    while (parcel := (yield parcels.take())) is not closed:
        yield f"opens parcel {parcel}"
        opened.append(parcel)
    return opened


def producer():
    """Six parcels. Closing the channel tells the consumer that there are no more."""
    for parcel in range(1, 7):
        yield parcels.put(parcel)
    parcels.close()
